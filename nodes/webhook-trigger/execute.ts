import { implement, toMain } from '../implement.ts';
import { methodsOf, portOf, webhookTrigger } from './definition.ts';

export const webhookTriggerNode = implement(webhookTrigger, {
  default: ({ items, rawParameters }) => {
    if (rawParameters.httpMethod !== 'several') return toMain(items);
    const methods = methodsOf(rawParameters.methods);
    const called = String(items[0]?.json.method ?? '');
    // test data that says no method goes the first way
    const port = methods.includes(called) ? called : methods[0];
    return { outputs: { [port ? portOf(port) : 'main']: items } };
  },
});
