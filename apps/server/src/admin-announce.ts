/**
 * The operator's command `announce`: a mail to all members, about maintenance or news, from a text with a section for each language. Says how many;
 * with --dry-run sends nothing. Never prints addresses.
 */
import { readFile } from "node:fs/promises";
import process from "node:process";
import { isLanguage, type Language } from "@pli/texts/languages";
import type { Announcement } from "@pli/texts/mail";
import { NotUnderstood } from "./admin-maintenance.ts";
import type { Config } from "./config.ts";
import { openKeys } from "./features/nodes/index.ts";
import { type AnnouncementKind, type Announcements, announce } from "./features/notifications/index.ts";
import { openInstallation } from "./installation.ts";
import { requireFinishedCopy } from "./platform/database/copy/index.ts";

const SUBJECT_CHARACTERS = 150;
const PARAGRAPH_CHARACTERS = 2000;
const PARAGRAPHS = 20;
const SECTION = /^\[(\w+)\](.*)$/;

/** @returns the exit code @throws NotUnderstood */
export async function announceToMembers(
  config: Config,
  order: { readonly kind: string | undefined; readonly file: string | undefined; readonly dryRun: boolean },
): Promise<number> {
  const { kind, file, dryRun } = order;
  if (!isKind(kind)) throw new NotUnderstood("--kind is maintenance or news");
  if (file === undefined || file === "") throw new NotUnderstood("--text-file is missing");
  const announcements = readAnnouncements(await textOf(file));
  const installation = await openInstallation(config);
  try {
    const { services } = installation;
    await requireFinishedCopy(services.db.read);
    const own = { ...services, keys: await openKeys(config, services.db) };
    const { mails, unwanted } = await announce(own, kind, announcements, dryRun);
    const told = [...mails].map(([language, count]) => `${count} in ${language}`).join(", ");
    const done = dryRun ? "Would be sent" : "Ordered: the server sends them";
    process.stderr.write(`${done}: ${told === "" ? "none" : told}; not wanted by ${unwanted}\n`);
    return 0;
  } finally {
    await installation.close();
  }
}

/**
 * A section for each language: a line `[en] Subject`, then the text; empty lines part its paragraphs.
 * @throws NotUnderstood saying which line
 */
export function readAnnouncements(text: string): Announcements {
  const found = new Map<Language, { subject: string; lines: string[] }>();
  let present: { subject: string; lines: string[] } | undefined;
  for (const [index, line] of text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .entries()) {
    const [, language, subject = ""] = SECTION.exec(line) ?? [];
    if (language === undefined) {
      if (present === undefined && line.trim() !== "")
        throw fault(index, "text before the first [en], [fr], [nl] or [de]");
      present?.lines.push(line);
      continue;
    }
    if (!isLanguage(language)) throw fault(index, `[${language}] is none of en, fr, nl, de`);
    if (found.has(language)) throw fault(index, `[${language}] is there twice`);
    if (subject.trim() === "") throw fault(index, "no subject behind the language");
    if ([...subject.trim()].length > SUBJECT_CHARACTERS) throw fault(index, "a subject of more than 150 characters");
    present = { subject: subject.trim(), lines: [] };
    found.set(language, present);
  }
  if (found.size === 0) throw new NotUnderstood("The text has no section such as: [en] Subject");
  return new Map([...found].map(([language, section]) => [language, announcementOf(language, section)]));
}

function announcementOf(
  language: Language,
  { subject, lines }: { readonly subject: string; readonly lines: readonly string[] },
): Announcement {
  const paragraphs = lines
    .map((line) => line.trim())
    .join("\n")
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.replaceAll("\n", " ").trim())
    .filter((paragraph) => paragraph !== "");
  if (paragraphs.length === 0) throw new NotUnderstood(`[${language}] has a subject and no text`);
  if (paragraphs.length > PARAGRAPHS) throw new NotUnderstood(`[${language}] has more than ${PARAGRAPHS} paragraphs`);
  if (paragraphs.some((paragraph) => [...paragraph].length > PARAGRAPH_CHARACTERS)) {
    throw new NotUnderstood(`[${language}] has a paragraph of more than ${PARAGRAPH_CHARACTERS} characters`);
  }
  return { subject, paragraphs };
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch {
    throw new NotUnderstood(`${file} cannot be read`);
  }
}

function fault(index: number, what: string): NotUnderstood {
  return new NotUnderstood(`Line ${index + 1}: ${what}`);
}

function isKind(kind: string | undefined): kind is AnnouncementKind {
  return kind === "maintenance" || kind === "news";
}
