import { sittingEntities } from './modules/sitting/index.js';

export const main = () => sittingEntities;
