export { PreviewVenueWindows, type WindowPreview } from './preview-venue-windows.use-case.js';
export { SetVenueWindows, type SetVenueWindowsCommand } from './set-venue-windows.use-case.js';
export { type CampusWindows, type ShownWindow, ShowVenueWindows } from './show-venue-windows.use-case.js';
export { VenueWindowModule } from './venue-window.module.js';
export {
  changedWindow,
  closingLiesAhead,
  oralOpensNoEarlierThanWritten,
  stoppingIsConfirmed,
  type Window,
  type WindowChange,
  windowIsWhole,
} from './venue-window.rules.js';
export { planWindows, type WindowChanges } from './window-plan.js';
