// must fail: library-of-command-line
import { SingleBar } from 'cli-progress';

export const found = SingleBar;
