/**
 * What is wrong with the lines of the file of settings: parseEnv of node:util passes over what it does not understand, so a typing error would
 * leave a default in place. Tells numbers of lines and names; never what a line holds, which may be a secret.
 */
import { isKnownSetting } from "./config-names.ts";
import type { ConfigFault } from "./config-values.ts";

const NAME = /^(?:export )?[ \t]*([A-Za-z_][\w.-]*)$/;

/** Lines that are no NAME=value, and names of ours that there are not; line numbers begin at 1. Quoted values may have several lines. */
export function lineFaults(content: string): readonly ConfigFault[] {
  const faults: ConfigFault[] = [];
  let line = 1;
  for (let at = 0; at < content.length; ) {
    const end = endOfLine(content, at);
    const text = content.slice(at, end).trim();
    const equals = content.indexOf("=", at);
    const isAssignment = text !== "" && !text.startsWith("#") && equals !== -1 && equals < end;
    const fault = text === "" || text.startsWith("#") ? null : faultOfLine(text, line);
    if (fault !== null) faults.push(fault);
    const next = isAssignment ? endOfValue(content, equals + 1, end) : end;
    line += content.slice(at, next).split("\n").length;
    at = next + 1;
  }
  return faults;
}

function faultOfLine(text: string, line: number): ConfigFault | null {
  const equals = text.indexOf("=");
  const name = equals === -1 ? undefined : NAME.exec(text.slice(0, equals).trim())?.[1];
  if (name === undefined) {
    const cure = "Write NAME=value, or put # in front of a remark";
    return { name: "PLI_CONFIG", fault: `line ${line} of the file is no NAME=value`, cure };
  }
  if (!name.toUpperCase().startsWith("PLI_") || isKnownSetting(name)) return null;
  const cure = "Mend the name or take the line out: docs/operation.md lists all settings";
  return { name: "PLI_CONFIG", fault: `line ${line} of the file: there is no setting ${name}`, cure };
}

/** Where the line ends on which a value ends: that of its closing quote, when there is one. */
function endOfValue(content: string, from: number, end: number): number {
  const value = content.slice(from, end).trimStart();
  const quote = value.charAt(0);
  if (quote === "" || !"\"'`".includes(quote)) return end;
  const closing = content.indexOf(quote, content.indexOf(quote, from) + 1);
  return closing === -1 ? end : endOfLine(content, closing);
}

function endOfLine(content: string, from: number): number {
  const end = content.indexOf("\n", from);
  return end === -1 ? content.length : end;
}
