import { Injectable } from '@nestjs/common';
import { type Request, type Response, Router, urlencoded } from 'express';
import { DomainError } from '../../kernel/domain-error.js';
import { AcceptInvitation } from './accept-invitation.use-case.js';
import { textsOf } from './form-fields.js';
import { sendInvitationGonePage, sendInvitationPage, sendPasswordSetPage } from './invitation.page.js';
import { INVITATION_GONE } from './invitation.rules.js';

/**
 * The page behind an invitation's link. It is outside the door: who comes has no password yet. Nothing is counted: nobody
 * finds a link of 256 bits by trying, and a limit would keep an office from its own.
 */
@Injectable()
export class InvitationRoutes {
  constructor(private readonly invitations: AcceptInvitation) {}

  router(): Router {
    const router = Router();
    router.get('/invitation', (request, response) => this.show(request, response));
    router.post('/invitation', urlencoded({ extended: false, limit: '10kb' }), (request, response) =>
      this.accept(request, response),
    );
    return router;
  }

  private async show(request: Request, response: Response): Promise<void> {
    const { token } = textsOf(request.query, 'token');
    await this.orGone(response, async () => {
      sendInvitationPage(response, { token, ...(await this.invitations.invited(token, request.ip)) });
    });
  }

  private async accept(request: Request, response: Response): Promise<void> {
    const { token, password, repeated } = textsOf(request.body, 'token', 'password', 'repeated');
    await this.orGone(response, async () => {
      const invited = await this.invitations.invited(token, request.ip);
      try {
        await this.invitations.execute({ token, password, repeated, address: request.ip });
        sendPasswordSetPage(response);
      } catch (error) {
        if (!(error instanceof DomainError) || error.code === INVITATION_GONE.definition.code) throw error;
        response.status(error.definition.status);
        sendInvitationPage(response, { token, ...invited, refusal: error.detail('zh') });
      }
    });
  }

  private async orGone(response: Response, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      response.status(error.definition.status);
      sendInvitationGonePage(response, error.detail('zh'));
    }
  }
}
