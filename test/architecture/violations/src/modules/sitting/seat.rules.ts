// must fail: rules-are-pure
import { VenueRepository } from './venue.repository.js';

export const aSeatIsFree = () => new VenueRepository();
