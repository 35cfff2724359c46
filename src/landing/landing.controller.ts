import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { sendPage } from '../platform/http/html.js';
import { landingPage } from './landing.page.js';
import { ShowLanding } from './show-landing.use-case.js';

/** `/`: what is here, and where to go. */
@ApiExcludeController()
@Controller()
export class LandingController {
  constructor(private readonly showLanding: ShowLanding) {}

  @Get()
  async page(@Res() response: Response): Promise<void> {
    sendPage(response, landingPage(await this.showLanding.execute()));
  }
}
