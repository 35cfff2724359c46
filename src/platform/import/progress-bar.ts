import { Presets, SingleBar } from 'cli-progress';

/** How far the reading of a file has come, on a terminal; nothing where standard error is not one. */
export function progressBar(): { onProgress?: (bytesRead: number, bytes: number) => void; stop(): void } {
  if (!process.stderr.isTTY) return { stop: () => undefined };
  const format = '{bar} {percentage}%  {value}/{total} kB  {duration_formatted}';
  const bar = new SingleBar({ stream: process.stderr, hideCursor: true, format }, Presets.shades_classic);
  let begun = false;
  const kilobytes = (bytes: number) => Math.ceil(bytes / 1000);
  return {
    onProgress(bytesRead, bytes) {
      // an import that lost against another transaction reads the file again from the start
      if (begun) bar.update(kilobytes(bytesRead));
      else bar.start(kilobytes(bytes), kilobytes(bytesRead));
      begun = true;
    },
    stop: () => bar.stop(),
  };
}
