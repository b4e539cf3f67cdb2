/** Schemas of contacts and recipients, checked against the wire types. */
import { z } from "@hono/zod-openapi";
import {
  type Contact,
  type ContactChange,
  type ContactContent,
  type ContactCreation,
  type ContactImportAnswer,
  type KnownRecipient,
  type KnownRecipients,
  LANGUAGES,
  LIMITS,
  type Page,
  type RecipientCircle,
  type RecipientForgetting,
  type RecipientLookUp,
} from "@pli/core/wire";
import { addressText, lineText, timeText, wire } from "../../http/schema.ts";

const PAGE_MAX = 200;
/** A line break is fine in a note; what else controls is not. */
const NOTE = /^(?:[^\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]|[\n\t])+$/u;

const mobile = z
  .string()
  .regex(/^\+[1-9]\d{6,14}$/)
  .openapi({ format: "E.164", example: "+32470123456" });
const language = z.enum(LANGUAGES);

const content = {
  name: lineText(LIMITS.nameCharacters).optional(),
  addresses: z
    .array(addressText)
    .min(1)
    .max(LIMITS.addressesPerContact)
    .refine((all) => new Set(all.map((one) => one.toLowerCase())).size === all.length),
  mobile: mobile.optional(),
  language: language.optional(),
  company: lineText(LIMITS.companyCharacters).optional(),
  note: z.string().min(1).max(LIMITS.noteCharacters).regex(NOTE).optional(),
};
const contentSchema = wire<ContactContent>()(z.strictObject(content));

export const contactPath = z.object({ contactId: z.string().max(64) });
export const listQuery = z.object({
  q: lineText(LIMITS.nameCharacters).optional(),
  book: z.enum(["mine", "shared"]).optional(),
  cursor: z.string().max(800).optional(),
  limit: z
    .string()
    .regex(/^[1-9]\d{0,2}$/)
    .refine((text) => Number(text) <= PAGE_MAX)
    .optional()
    .openapi({ description: `1 to ${PAGE_MAX}, default 50` }),
});

export const creationSchema = wire<ContactCreation>()(
  z.strictObject({ ...content, shared: z.boolean().optional() }).openapi("ContactCreation"),
);
export const changeSchema = wire<ContactChange>()(
  z.strictObject({ ...content, shared: z.boolean().optional(), version: z.int().min(1) }).openapi("ContactChange"),
);
export const contactSchema = wire<Contact>()(
  z
    .object({
      contactId: z.string(),
      version: z.int(),
      name: z.string().optional(),
      addresses: z.array(z.string()),
      mobile: z.string().optional(),
      language: language.optional(),
      company: z.string().optional(),
      note: z.string().optional(),
      shared: z.boolean(),
      editable: z.boolean(),
      changedAt: timeText,
    })
    .openapi("Contact"),
);
export const pageSchema = wire<Page<Contact>>()(
  z.object({ items: z.array(contactSchema), next: z.string().optional() }).openapi("ContactPage"),
);

/** Rows are judged one by one by `readRow`: one bad row must not refuse the file. */
export const importSchema = z
  .strictObject({
    contacts: z
      .array(z.unknown())
      .min(1)
      .max(LIMITS.importRows)
      .openapi({ items: { $ref: "#/components/schemas/ContactCreation" } }),
    shared: z.boolean().optional(),
    dryRun: z.boolean().optional(),
  })
  .openapi("ContactImport");

export function readRow(row: unknown): ContactContent | { readonly refused: string } {
  const read = contentSchema.safeParse(row);
  if (read.success) return read.data as ContactContent;
  return { refused: String(read.error.issues[0]?.path[0] ?? "row") };
}

export const importAnswerSchema = wire<ContactImportAnswer>()(
  z
    .object({
      rows: z.array(
        z.object({
          outcome: z.enum(["added", "updated", "unchanged", "refused"]),
          field: z.string().optional(),
        }),
      ),
    })
    .openapi("ContactImportAnswer"),
);

const recipient = wire<KnownRecipient>()(
  z
    .object({
      address: z.string(),
      name: z.string().optional(),
      company: z.string().optional(),
      language: language.optional(),
      mobile: z.string().optional(),
      contactId: z.string().optional(),
      shared: z.boolean().optional(),
      sends: z.int(),
      lastSentAt: timeText.optional(),
    })
    .openapi("KnownRecipient"),
);
export const recipientsQuery = z.object({ q: lineText(LIMITS.nameCharacters) });
export const recipientsSchema = wire<KnownRecipients>()(
  z.object({ items: z.array(recipient) }).openapi("KnownRecipients"),
);
export const circleSchema = wire<RecipientCircle>()(
  z.object({ items: z.array(recipient), domains: z.array(z.string()) }).openapi("RecipientCircle"),
);
export const lookUpSchema = wire<RecipientLookUp>()(
  z.strictObject({ addresses: z.array(addressText).min(1).max(LIMITS.recipients) }).openapi("RecipientLookUp"),
);
export const forgettingSchema = wire<RecipientForgetting>()(
  z.strictObject({ address: addressText }).openapi("RecipientForgetting"),
);
