// must fail: others-enter-by-the-index
import { VenueRepository } from '../modules/sitting/venue.repository.js';

export const found = VenueRepository;
