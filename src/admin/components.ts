import { fileURLToPath } from 'node:url';
import { ComponentLoader } from './adminjs.js';

/** Our own pieces of the pages. They are bundled when the project is built, so every name must stand here. */
export const componentLoader = new ComponentLoader();

const file = (name: string) => fileURLToPath(new URL(`components/${name}`, import.meta.url));

export const COMPONENTS = {
  dashboard: componentLoader.add('Dashboard', file('Dashboard')),
  word: componentLoader.add('Word', file('Word')),
  wordFilter: componentLoader.add('WordFilter', file('WordFilter')),
  days: componentLoader.add('Days', file('Days')),
};
