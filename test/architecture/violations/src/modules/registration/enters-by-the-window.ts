// must fail: modules-meet-at-the-index
import { VenueRepository } from '../sitting/venue.repository.js';

export const found = VenueRepository;
