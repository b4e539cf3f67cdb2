/** Handing texts to the person as files that old programs read, too. */
import { saveBlob } from "../kit/save-blob.ts";

export function saveText(text: string, name: string, mediaType = "text/plain"): void {
  // the mark lets old editors and spreadsheets see that it is UTF-8
  saveBlob(new Blob(["\ufeff", text], { type: `${mediaType};charset=utf-8` }), name);
}
