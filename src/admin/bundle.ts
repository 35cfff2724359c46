/** A step of the build: bundles our components to where the running process looks for them. */

import { componentLoader } from './components.js';
import { AdminJS } from './panel/adminjs.js';

process.env.ADMIN_JS_SKIP_BUNDLE = 'false';
await new AdminJS({ componentLoader }).initialize();
