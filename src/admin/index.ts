export { AdminPanelModule, mountAdminPanel } from './admin-panel.module.js';
