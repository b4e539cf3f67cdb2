/** The worker of pdf.js, in its build for browsers of some years, and before it what even that one takes for granted. */
import "../kit/preview/pdf-needs.ts";
import "pdfjs-dist/legacy/build/pdf.worker.mjs";
