import { Module } from '@nestjs/common';
import { SittingModule } from '../modules/sitting/index.js';
import { LandingController } from './landing.controller.js';
import { ShowLanding } from './show-landing.use-case.js';

/** The front page. */
@Module({ imports: [SittingModule], controllers: [LandingController], providers: [ShowLanding] })
export class LandingModule {}
