/** A step of the build: bundles our components to where the running process looks for them. */
import { AdminJS } from './adminjs.js';
import { componentLoader } from './components.js';

process.env.ADMIN_JS_SKIP_BUNDLE = 'false';
await new AdminJS({ componentLoader }).initialize();
