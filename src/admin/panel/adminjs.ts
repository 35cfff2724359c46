/** The door to AdminJS: everybody in the back office imports it from here, so that its environment is set before. */
import './adminjs-environment.js';

export { buildAssets, buildRoutes } from '@adminjs/express';
export { AbstractLoader, AdminModule } from '@adminjs/nestjs';
export type { ActionContext, AdminJSOptions, BrandingOptions, Filter, ResourceWithOptions } from 'adminjs';
export {
  BaseProperty,
  BaseRecord,
  BaseResource,
  ComponentLoader,
  default as AdminJS,
  Router as AdminJSRouter,
} from 'adminjs';
