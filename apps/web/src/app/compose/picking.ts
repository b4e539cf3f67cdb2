/** Files out of pickers, drops and pastes, folders included, each with its path within what was dropped. */
import type { Picked } from "./files.ts";

/** What systems leave in folders and nobody means to send. */
const LITTER = /^(\.DS_Store|Thumbs\.db|desktop\.ini)$/i;

/** The picker that gives handles, where there is one: a closed tab can then go on without choosing again. */
type OpenPicker = (options: { multiple: boolean }) => Promise<FileSystemFileHandle[]>;

export async function pickFiles(input: HTMLInputElement | null): Promise<Picked[]> {
  const picker = (globalThis as { showOpenFilePicker?: OpenPicker }).showOpenFilePicker;
  if (!picker) {
    input?.click(); // its change event brings the files
    return [];
  }
  try {
    const handles = await picker({ multiple: true });
    return await Promise.all(
      handles.map(async (handle) => {
        const file = await handle.getFile();
        return { file, name: file.name, handle };
      }),
    );
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return [];
    input?.click();
    return [];
  }
}

export function fromList(files: FileList | readonly File[]): Picked[] {
  return [...files]
    .filter((file) => file.webkitRelativePath === "" || !LITTER.test(file.name))
    .map((file) => ({ file, name: file.webkitRelativePath || file.name }));
}

/** Pasted files: none when words come with them, for then the words are meant (Word adds a picture of what was copied). */
export function fromPaste(data: DataTransfer): Picked[] {
  return data.types.some((type) => type.startsWith("text/")) ? [] : fromList(data.files);
}

/** What was dropped. The items must be read in the drop itself: afterwards they are empty. */
export async function fromDrop(transfer: DataTransfer): Promise<Picked[]> {
  const items = [...transfer.items].filter(({ kind }) => kind === "file");
  const loose = [...transfer.files];
  const asked = items.map((item, at) => {
    const entry = item.webkitGetAsEntry?.() ?? null;
    const withHandle = item as DataTransferItem & { getAsFileSystemHandle?(): Promise<FileSystemHandle | null> };
    const handle = entry?.isFile ? withHandle.getAsFileSystemHandle?.().catch(() => null) : undefined;
    return { entry, handle, file: loose[at] };
  });
  const found: Picked[] = [];
  for (const { entry, handle, file } of asked) {
    if (entry?.isDirectory) await walk(entry as FileSystemDirectoryEntry, found);
    else if (file) {
      const kept = await handle;
      found.push({ file, name: file.name, ...(kept?.kind === "file" && { handle: kept as FileSystemFileHandle }) });
    }
  }
  return found;
}

async function walk(folder: FileSystemDirectoryEntry, found: Picked[]): Promise<void> {
  const reader = folder.createReader();
  for (;;) {
    // a reader gives its entries in batches, and an empty one at the end
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return;
    for (const entry of batch) {
      if (entry.isDirectory) await walk(entry as FileSystemDirectoryEntry, found);
      else if (!LITTER.test(entry.name)) {
        const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
        found.push({ file, name: entry.fullPath.replace(/^\//, "") });
      }
    }
  }
}
