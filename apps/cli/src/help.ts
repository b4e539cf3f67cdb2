/** Help texts and completion scripts, made from the commands themselves so that neither can lag behind. */
import type { CliTexts } from "@pli/texts/cli";
import { type Command, OPTIONS, type OptionName } from "./command.ts";

function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join("\n");
}

function usageOf(command: Command): string {
  const positionals = command.positionals === undefined ? "" : ` ${command.positionals.shown}`;
  return `pli ${command.name}${positionals} [--…]`;
}

/** `pli --help` */
export function generalHelp(commands: readonly Command[], texts: CliTexts): string {
  const rows = [
    ...commands.map(({ name }) => [name, texts.about[name]] as const),
    ["completion", texts.about.completion] as const,
    ["help", texts.about.help] as const,
  ];
  return [
    texts.tagline,
    "",
    texts.usage,
    "  pli COMMAND [--…]",
    "",
    texts.commands,
    columns(rows),
    "",
    texts.optionsTitle,
    columns([
      ["-h, --help", texts.options.help],
      ["--version", texts.options.version],
    ]),
    "",
    texts.moreHelp,
  ].join("\n");
}

/** What an option means in one command, where that is not what it means elsewhere; `--to` chooses but where something is sent. */
const ABOUT_HERE: Readonly<Record<string, keyof CliTexts["options"]>> = {
  "send to": "to",
  "list reference": "referenceFilter",
  "correct to": "wrongAddress",
  "inbox search": "senderSearch",
  "contacts search": "contactSearch",
};

/** `pli COMMAND --help` */
export function commandHelp(command: Command, texts: CliTexts): string {
  const row = (name: OptionName): readonly [string, string] => {
    const spec = OPTIONS[name];
    const left = "value" in spec ? `--${name} ${spec.value}` : `--${name}`;
    const about = ABOUT_HERE[`${command.name} ${name}`] ?? (name === "to" ? "toFilter" : spec.about);
    return [left, texts.options[about]];
  };
  return [
    `${texts.about[command.name]}`,
    "",
    texts.usage,
    `  ${usageOf(command)}`,
    "",
    texts.optionsTitle,
    columns([...command.options.map(row), ["-h, --help", texts.options.help]]),
  ].join("\n");
}

/** `pli completion --help` */
export function completionHelp(texts: CliTexts): string {
  const usage = SHELLS.map((shell) => `  pli completion ${shell}`).join("\n");
  const rows = columns([["-h, --help", texts.options.help]]);
  return [texts.about.completion, "", texts.usage, usage, "", texts.optionsTitle, rows].join("\n");
}

const SHELLS = ["bash", "zsh", "fish"] as const;

const FILES: readonly OptionName[] = [
  "attach",
  "hashes",
  "out",
  "password-file",
  "passphrase-file",
  "receipt",
  "receipt-password-file",
  "text-file",
  "token-file",
];

/** A completion script for `shell`; null when there is none for it. */
export function completionScript(shell: string, commands: readonly Command[]): string | null {
  const names = [...commands.map(({ name }) => name), "completion", "help"];
  const flags = (command: Command) => [...command.options, "help"].map((name) => `--${name}`);
  if (shell === "bash" || shell === "zsh") {
    const cases = commands.map((command) => `    ${command.name}) words="${flags(command).join(" ")}" ;;`);
    const script = `_pli() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words=""
  case "$previous" in
    ${FILES.map((name) => `--${name}`).join("|")}) COMPREPLY=($(compgen -f -- "$current")); return ;;
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then words="${names.join(" ")} --help --version"; else
  case "\${COMP_WORDS[1]}" in
${cases.join("\n")}
    completion) words="${SHELLS.join(" ")} --help" ;;
    help) words="${names.join(" ")}" ;;
  esac; fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o filenames -F _pli pli`;
    return shell === "zsh" ? `autoload -U +X bashcompinit && bashcompinit\n${script}` : script;
  }
  if (shell !== "fish") return null;
  return [
    "complete -c pli -f",
    ...names.map((name) => `complete -c pli -n __fish_use_subcommand -a ${name}`),
    ...commands.flatMap((command) =>
      command.options.map((name) => {
        const value = OPTIONS[name].kind === "flag" ? "" : FILES.includes(name) ? " -r -F" : " -x";
        return `complete -c pli -n "__fish_seen_subcommand_from ${command.name}" -l ${name}${value}`;
      }),
    ),
  ].join("\n");
}
