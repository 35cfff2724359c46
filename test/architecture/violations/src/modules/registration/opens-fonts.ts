// must fail: library-of-ticket-fonts
import { openSync } from 'fontkit';

export const found = openSync;
