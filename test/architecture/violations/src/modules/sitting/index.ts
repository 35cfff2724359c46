export { VenueRepository } from './venue.repository.js';
export const sittingEntities = [];
