/**
 * AdminJS reads these when it is loaded. In any mode but production it bundles when the process starts and watches
 * files; the back office always uses what `npm run build:admin` made. Its directory has no leading dot, because Express
 * serves no file from such a one.
 */
process.env.NODE_ENV = 'production';
process.env.ADMIN_JS_SKIP_BUNDLE = 'true';
process.env.ADMIN_JS_TMP_DIR = 'build-admin';
