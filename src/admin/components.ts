import { fileURLToPath } from 'node:url';
import { ComponentLoader } from './panel/adminjs.js';

/** Our own pieces of the pages. They are bundled when the project is built, so every name must stand here. */
export const componentLoader = new ComponentLoader();

const file = (name: string) => fileURLToPath(new URL(`components/${name}`, import.meta.url));

export const COMPONENTS = {
  dashboard: componentLoader.add('Dashboard', file('Dashboard')),
  list: componentLoader.add('RowList', file('RowList')),
  actionForm: componentLoader.add('ActionForm', file('ActionForm')),
  word: componentLoader.add('Word', file('Word')),
  sittingFilter: componentLoader.add('SittingFilter', file('SittingFilter')),
  wordFilter: componentLoader.add('WordFilter', file('WordFilter')),
  days: componentLoader.add('Days', file('Days')),
  linked: componentLoader.add('Linked', file('Linked')),
  fileImport: componentLoader.add('FileImport', file('FileImport')),
  venueWindows: componentLoader.add('VenueWindows', file('VenueWindows')),
  cet6Queue: componentLoader.add('Cet6Queue', file('Cet6Queue')),
  studentPhoto: componentLoader.add('StudentPhoto', file('StudentPhoto')),
  beforeAfter: componentLoader.add('BeforeAfter', file('BeforeAfter')),
  myAccount: componentLoader.add('MyAccount', file('MyAccount')),
};

componentLoader.override('SidebarResourceSection', file('Navigation'));
componentLoader.override('ActionHeader', file('Header'));
componentLoader.override('SidebarPages', file('NoPages'));
