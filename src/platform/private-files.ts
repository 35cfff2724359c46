import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs';

/** A folder for files of ours, made for our user alone. One that is there stays as it is: it may be everybody's. */
export function ownFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
}

/** A file that only our user reads, there or not. What SQLite lays beside a database takes its mode from it. */
export function ownFile(path: string): void {
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
}

/** The same for a file that may not be there, and is not made. */
export function ownFileIfThere(path: string): void {
  if (existsSync(path)) chmodSync(path, 0o600);
}
