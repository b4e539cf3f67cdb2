/** Mobile numbers and passing links on, in English. */

export const sms = {
  numbers: "Mobile numbers",
  number: "Mobile number",
  numberOf: (a: { name: string }) => `Mobile of ${a.name}`,
  numberHint: (a: { prefix: string; country: string }) => `Without a prefix: +${a.prefix}, ${a.country}`,
  numberWrong: "This is not a mobile number. Write it with its country prefix, like +32 470 12 34 56.",
  countryRefused: "This server does not write to numbers of this country.",
  nobody: "First say to whom: each person’s number goes here.",
  mailProgram: "Write in my mail program",
  mailFile: "Mail as a file",
  mailFileHint: "The file opens in Outlook and Thunderbird, ready to be sent.",
  secretSms: (a: { name: string }) => `SMS to ${a.name}`,
  secretSent: (a: { name: string }) => `The link to the password is on its way to ${a.name} by SMS.`,
  secretTitle: "By SMS",
  secretNoNumbers: "Add a mobile number to send it by SMS.",
  country: "Prefix of mobile numbers",
  countryHint: "For numbers that you type without a prefix.",
};

export type SmsPageTexts = typeof sms;
