// must fail: platform-knows-no-module
import { sittingEntities } from '../modules/sitting/index.js';

export const found = sittingEntities;
