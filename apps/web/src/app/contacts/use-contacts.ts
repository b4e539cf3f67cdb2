/** The contacts that a page shows: by name and page by page, or those found as one types. What is shown stays until the next is there. */
import { listContacts } from "@pli/client";
import type { Contact } from "@pli/core/wire";
import { useEffect, useState } from "preact/hooks";
import { server } from "../api.ts";
import { type Loaded, useLoad } from "../loading.tsx";

export type Book = "all" | "mine" | "shared";
/** A search shows so many at most; a page by name as many. */
export const FOUND_MAX = 100;
const SEARCH_AFTER_MS = 250;

export interface ContactList {
  readonly loaded: Loaded<readonly Contact[]>;
  again(): void;
  /** Brings the next page; absent on the last. */
  readonly more: (() => Promise<void>) | undefined;
  /** A search found more than it shows. */
  readonly isCapped: boolean;
}

export function useContacts(book: Book, typed: string): ContactList {
  const [q, setQ] = useState("");
  const [later, setLater] = useState<readonly Contact[]>([]);
  const [cursor, setCursor] = useState<string>();
  useEffect(() => {
    const timer = setTimeout(() => setQ(typed.trim()), SEARCH_AFTER_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const filter = { limit: FOUND_MAX, ...(book !== "all" && { book }), ...(q !== "" && { q }) };
  const [first, again] = useLoad(
    async (signal) => {
      const page = await listContacts(server, filter, { signal });
      setLater([]);
      setCursor(page.next);
      return page.items;
    },
    [],
    [book, q],
  );
  const more = async () => {
    const page = await listContacts(server, { ...filter, ...(cursor !== undefined && { cursor }) });
    setLater([...later, ...page.items]);
    setCursor(page.next);
  };
  return {
    loaded: first.state === "done" ? { state: "done", value: [...first.value, ...later] } : first,
    again,
    more: cursor === undefined ? undefined : more,
    isCapped: q !== "" && first.state === "done" && first.value.length >= FOUND_MAX,
  };
}
