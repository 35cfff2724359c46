// must fail: modules-know-no-root
import { panel } from '../../admin/panel.js';

export const found = panel;
