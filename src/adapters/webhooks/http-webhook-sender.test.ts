import { describeWebhookSender } from '#tests/conformance/webhook-sender-conformance.ts';
import { HttpWebhookSender } from './http-webhook-sender.ts';

describeWebhookSender('HTTP', (options) => new HttpWebhookSender(options));
