/** Handing files to the person: by the system's dialog where it can stream there, else as a download of the browser. */

export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  // the browser reads it later than the click
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

export function saveText(text: string, name: string, mediaType = "text/plain"): void {
  // the mark lets old editors and spreadsheets see that it is UTF-8
  saveBlob(new Blob(["\ufeff", text], { type: `${mediaType};charset=utf-8` }), name);
}
