/// <reference types="vite/client" />

declare module "virtual:pdf-data" {
  /** Folder of what pdf.js loads by name: cmaps/, standard_fonts/, wasm/, iccs/. Ends with a slash. */
  export const pdfDataUrl: string;
}
