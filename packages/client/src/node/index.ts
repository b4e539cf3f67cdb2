/** The SDK's part for Node: files in, files out, cookies between runs. */
export * from "../safe-name.ts";
export * from "./cookie-jar.ts";
export * from "./file-sink.ts";
export * from "./file-source.ts";
export * from "./media-types.ts";
export * from "./put-bytes.ts";
export * from "./save-attachment.ts";
