// must fail: admin-knows-no-root
import { main } from '../main.js';

export const found = main;
