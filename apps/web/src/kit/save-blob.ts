/** Hands a file to the person as a download of the browser. */
export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  // the browser reads it later than the click
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
