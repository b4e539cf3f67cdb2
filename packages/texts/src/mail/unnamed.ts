import type { MailHouse } from "./index.ts";

/** Whether the installation still has the product's name, as before its operator gives it one: saying that twice says nothing. */
export const isUnnamed = ({ organisation }: MailHouse): boolean => organisation === "Pli";
