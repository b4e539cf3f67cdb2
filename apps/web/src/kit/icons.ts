/**
 * The drawings of the icons: one path each on a 20 × 20 grid, drawn by a stroke in the current colour (Icon.tsx). Each is its own constant,
 * so that a page ships only those it names.
 */
export const again = "M16 10a6 6 0 1 1-1.8-4.3M16.2 2.8v3.4h-3.4";
export const alert = "M10 3 18 16.5H2ZM10 8v4M10 14.3v.1";
export const back = "M16 10H4.5M9 5l-5 5 5 5";
export const bold = "M6 4h5a3 3 0 0 1 0 6H6Zm0 6h5.8a3 3 0 0 1 0 6H6Z";
export const book =
  "M5 2.5h10.5v15H5ZM3.2 6.5H6M3.2 10H6M3.2 13.5H6M8.7 8.2a1.6 1.6 0 1 0 3.2 0a1.6 1.6 0 1 0 -3.2 0M7.8 13.5a2.6 2.6 0 0 1 5 0";
export const check = "m4.5 10.5 3.7 3.7 7.3-8.2";
export const clip =
  "M14.5 8.5 9 14a2.6 2.6 0 0 1-3.7-3.7l6.2-6.2a1.8 1.8 0 0 1 2.5 2.5l-6 6a.9.9 0 0 1-1.3-1.3l5.1-5.1";
export const clock = "M2.8 10a7.2 7.2 0 1 0 14.4 0a7.2 7.2 0 1 0 -14.4 0M10 6v4l2.7 1.7";
export const dots =
  "M3.7 10a.8.8 0 1 0 1.6 0a.8.8 0 1 0-1.6 0M9.2 10a.8.8 0 1 0 1.6 0a.8.8 0 1 0-1.6 0M14.7 10a.8.8 0 1 0 1.6 0a.8.8 0 1 0-1.6 0";
export const down = "M10 3v9.5M6 9l4 4 4-4M4 16.5h12";
export const file = "M5 2.5h6.5L15 6v11.5H5Z M11.5 2.5V6H15";
export const gear =
  "M7.5 10a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0M10 2.5v2.3M10 15.2v2.3M2.5 10h2.3M15.2 10h2.3M4.7 4.7l1.6 1.6M13.7 13.7l1.6 1.6M15.3 4.7l-1.6 1.6M6.3 13.7l-1.6 1.6";
export const globe =
  "M2.8 10a7.2 7.2 0 1 0 14.4 0a7.2 7.2 0 1 0 -14.4 0M2.8 10h14.4M10 2.8c2.5 2.2 3.3 4.6 3.3 7.2s-.8 5-3.3 7.2C7.5 15 6.7 12.6 6.7 10S7.5 5 10 2.8Z";
export const head = "M5 4v12M14.5 4v12M5 10h9.5";
export const inbox = "M3 11.5 5.5 4h9l2.5 7.5V16H3Zm0 0h4l1 2h4l1-2h4";
export const info = "M2.8 10a7.2 7.2 0 1 0 14.4 0a7.2 7.2 0 1 0 -14.4 0M10 9.2V14M10 6.3v.1";
export const italic = "M8.5 4h5M6.5 16h5M11.5 4l-3 12";
export const key = "M3.2 13.5a3.3 3.3 0 1 0 6.6 0a3.3 3.3 0 1 0 -6.6 0M9 11l7.5-7.5M13.5 6.5l2.2 2.2";
export const link =
  "M8.5 11.5a3 3 0 0 0 4.3 0l2.8-2.8a3 3 0 1 0-4.3-4.3l-1.2 1.2M11.5 8.5a3 3 0 0 0-4.3 0l-2.8 2.8a3 3 0 1 0 4.3 4.3l1.2-1.2";
export const list = "M8 5.5h8.5M8 10h8.5M8 14.5h8.5M4 5.5h.1M4 10h.1M4 14.5h.1";
export const lock =
  "M5.8 9h8.4a1.8 1.8 0 0 1 1.8 1.8v4.4a1.8 1.8 0 0 1 -1.8 1.8h-8.4a1.8 1.8 0 0 1 -1.8 -1.8v-4.4a1.8 1.8 0 0 1 1.8 -1.8zM6.8 9V6.5a3.2 3.2 0 0 1 6.4 0V9";
export const mail =
  "M4.3 4.5h11.4a1.8 1.8 0 0 1 1.8 1.8v7.4a1.8 1.8 0 0 1 -1.8 1.8h-11.4a1.8 1.8 0 0 1 -1.8 -1.8v-7.4a1.8 1.8 0 0 1 1.8 -1.8zM3 6l7 5.2L17 6";
export const menu = "M3.5 5.5h13M3.5 10h13M3.5 14.5h13";
export const numlist = "M8.5 5.5h8M8.5 10h8M8.5 14.5h8M3.3 4.3l1-.8V7.5M3 12.6c.3-.9 2-.8 2 .3 0 .9-2 1.5-2 2.6h2.2";
export const pause = "M7 4.5v11M13 4.5v11";
export const pen = "m4 16 .8-3.5L13.5 3.8l2.7 2.7-8.7 8.7Z";
export const people =
  "M4.7 7a2.8 2.8 0 1 0 5.6 0a2.8 2.8 0 1 0 -5.6 0M2.5 16c.3-3 2.3-4.5 5-4.5s4.7 1.5 5 4.5M13 4.5a2.6 2.6 0 0 1 0 5M14.5 12c1.8.5 2.8 1.9 3 4";
export const phone =
  "M7.8 2.5h4.4a1.8 1.8 0 0 1 1.8 1.8v11.4a1.8 1.8 0 0 1 -1.8 1.8h-4.4a1.8 1.8 0 0 1 -1.8 -1.8v-11.4a1.8 1.8 0 0 1 1.8 -1.8zM9 15h2";
export const play = "M6.5 4.5v11l9-5.5Z";
export const plus = "M10 4v12M4 10h12";
export const print = "M6 7.5V3h8v4.5M6 14H3.5V7.5h13V14H14M6 12h8v5H6Z";
export const quote = "M4 14c2.5-1 3.5-3 3.5-5.5H4.2v-3h3.5M11.8 14c2.5-1 3.5-3 3.5-5.5H12v-3h3.5";
export const reply = "M8 5 3.5 9.5 8 14M4 9.5h7.5a5 5 0 0 1 5 5V16";
export const robot =
  "M6 7h8a2 2 0 0 1 2 2v5a2 2 0 0 1 -2 2h-8a2 2 0 0 1 -2 -2v-5a2 2 0 0 1 2 -2zM10 7V3.5M7.5 11v1M12.5 11v1";
export const search = "M3.7 9a5.3 5.3 0 1 0 10.6 0a5.3 5.3 0 1 0 -10.6 0M13 13l4 4";
export const send = "M17 3 2.5 8.5l5.5 3.3L17 3Zm0 0-5.2 14.5L8 11.8";
export const trash = "M3.5 5.5h13M8 5.5V3.5h4v2M5.5 5.5l.8 11h7.4l.8-11";
export const wifi = "M2.5 8a11 11 0 0 1 15 0M5.3 11a7 7 0 0 1 9.4 0M8 13.8a3.2 3.2 0 0 1 4 0M10 16.3v.1M3 3l14 14";
export const x = "m5.5 5.5 9 9m0-9-9 9";
export const eye = "M2 10s3-5.5 8-5.5 8 5.5 8 5.5-3 5.5-8 5.5S2 10 2 10ZM7.5 10a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0";
export const eyeoff =
  "M2 10s3-5.5 8-5.5 8 5.5 8 5.5-3 5.5-8 5.5S2 10 2 10ZM7.5 10a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0M3.5 16.5l13-13";
export const copy =
  "M7 7V4.5A1.5 1.5 0 0 1 8.5 3h7A1.5 1.5 0 0 1 17 4.5v7a1.5 1.5 0 0 1-1.5 1.5H13M4.5 7h7A1.5 1.5 0 0 1 13 8.5v7a1.5 1.5 0 0 1-1.5 1.5h-7A1.5 1.5 0 0 1 3 15.5v-7A1.5 1.5 0 0 1 4.5 7Z";
export const qr =
  "M3.5 3.5h5v5h-5ZM11.5 3.5h5v5h-5ZM3.5 11.5h5v5h-5ZM11.5 11.5h2v2h-2ZM16.5 11.5v.1M11.5 16.5h.1M14.5 16.5h2v-2";
export const next = "M4 10h11.5M11 5l5 5-5 5";
