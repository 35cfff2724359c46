// must fail: modules-touch-no-files-or-sockets
import { readFileSync } from 'node:fs';

export const found = () => readFileSync('statement.csv');
