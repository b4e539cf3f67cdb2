/** Questions to the DNS, for the doctor. An answer that says "there is none" is an answer; no answer is an error. */
import { Resolver } from "node:dns/promises";

export interface Dns {
  /** Texts of a name, each put together from its pieces; none when there is none. @throws DnsSilent */
  texts(name: string): Promise<readonly string[]>;
  /** Whether mail to this domain leads somewhere (RFC 5321, 5.1). @throws DnsSilent */
  takesMail(domain: string): Promise<boolean>;
}

export class DnsSilent extends Error {
  constructor(name: string, options?: ErrorOptions) {
    super(`the DNS did not answer about ${name}`, options);
    this.name = "DnsSilent";
  }
}

const TIMEOUT_MS = 2000;

/** @param servers `address:port` each; the system's when left out */
export function openDns(servers?: readonly string[]): Dns {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: 2 });
  if (servers !== undefined) resolver.setServers(servers);
  const ask = async <T>(name: string, question: () => Promise<readonly T[]>): Promise<readonly T[]> => {
    try {
      return await question();
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : "";
      if (code === "ENOTFOUND" || code === "ENODATA") return [];
      throw new DnsSilent(name, { cause: error });
    }
  };
  return {
    texts: async (name) => (await ask(name, () => resolver.resolveTxt(name))).map((pieces) => pieces.join("")),
    takesMail: async (domain) => {
      const exchanges = await ask(domain, () => resolver.resolveMx(domain));
      // A single empty name says that it takes none (RFC 7505).
      if (exchanges.length > 0) return exchanges.some(({ exchange }) => exchange !== "");
      const addresses = [
        ...(await ask(domain, () => resolver.resolve4(domain))),
        ...(await ask(domain, () => resolver.resolve6(domain))),
      ];
      return addresses.length > 0;
    },
  };
}
