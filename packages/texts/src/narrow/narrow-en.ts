/** Filters of the sent list, in English. */

export const narrow = {
  title: "Filters",
  recipient: "Recipient",
  reference: "Reference",
  state: "State",
  anyState: "Any state",
  from: "Sent from",
  until: "Sent until",
  clear: "Clear filters",
};

export type Narrow = typeof narrow;
