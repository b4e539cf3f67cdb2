export {
  type BackUpFolder,
  type BackUpWriter,
  backUpName,
  openBackUpFolder,
  type StoredBackUp,
} from "./back-up-folder.ts";
export { type LineFile, type LineWriter, sha256OfFile } from "./line-file.ts";
export { type BackedUpTable, type ContentLine, FORMAT, FORMAT_VERSION, type Manifest } from "./manifest.ts";
