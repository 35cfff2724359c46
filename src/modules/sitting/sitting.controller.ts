import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { TRY_AGAIN } from '../../platform/http/refusals.js';
import { Refuses } from '../../platform/http/refuses.js';
import { ShowCurrentSitting } from './show-current-sitting.use-case.js';
import { SittingShown } from './sitting.dto.js';
import { NO_CURRENT_SITTING } from './sitting.rules.js';

@ApiTags('考次 · Sitting')
@Controller('sittings')
export class SittingController {
  constructor(private readonly showCurrentSitting: ShowCurrentSitting) {}

  @Get('current')
  @ApiOperation({ summary: '当前考次 · The current sitting' })
  @ApiOkResponse({ type: SittingShown })
  @Refuses(NO_CURRENT_SITTING, TRY_AGAIN)
  current(): Promise<SittingShown> {
    return this.showCurrentSitting.execute();
  }
}
