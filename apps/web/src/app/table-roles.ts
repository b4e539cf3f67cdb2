/**
 * The roles of a table's elements, written out: on a phone CSS draws each row as a card, and browsers then forget that it is a table.
 * Spread onto the element: `<tr {...roles.row}>`.
 */
export const roles = {
  table: { role: "table" },
  group: { role: "rowgroup" },
  row: { role: "row" },
  head: { role: "columnheader", scope: "col" },
  rowHead: { role: "rowheader", scope: "row" },
  cell: { role: "cell" },
} as const;
