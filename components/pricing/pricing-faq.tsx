import type { ReactNode } from 'react';
import { formatMoney } from '#components/billing/money.ts';
import { GRACE_DAYS } from '#server/billing/schema.ts';
import { DAYS_TO_EXPORT, PLANS } from '#server/plans/schema.ts';

const { free, pro, business } = PLANS;
const price = (cents: number | null) => (cents === null ? '' : formatMoney(cents));

const QUESTIONS: readonly { question: string; answer: string }[] = [
  {
    question: 'What counts as an execution?',
    answer:
      'One start of a workflow by a webhook, a form, a chat, a mail, a schedule or the API – however many steps it has and however long it waits. What you try out in the editor does not count, nor do retries, error workflows and what one workflow starts in another.',
  },
  {
    question: 'What happens when they are used up?',
    answer: `Nothing is charged that you did not allow. You get a mail at 80 % and when all are used; then new starts are refused until the next month, and whoever called is told to try again later. What already runs goes on. With ${pro.name} and ${business.name} you can allow extra executions: ${price(pro.overagePer1000)} and ${price(business.overagePer1000)} for each 1,000, never more than the number you set.`,
  },
  {
    question: 'How does the trial work?',
    answer: `${pro.trialDays} days with everything the plan has, once for each workspace. You pay when it ends, unless you cancel before, which takes one click.`,
  },
  {
    question: 'Can I change or cancel at any time?',
    answer: `Yes. A larger plan holds at once, and you pay only the difference for the time that is left; before you confirm you see the amount. A smaller one credits what you have paid. When you cancel, the plan goes on to the end of what is paid, and then the workspace is on ${free.name}.`,
  },
  {
    question: 'Do I lose anything on a smaller plan?',
    answer: `Workflows, credentials, tables and files stay. Workflows beyond its number are paused, members beyond its seats can look but not change, and executions older than it keeps are deleted, the first of them after ${DAYS_TO_EXPORT} days, so that you can export them. You are told exactly what before it happens.`,
  },
  {
    question: 'What if a payment fails?',
    answer: `You get a mail, the card is tried again, and the plan holds for ${GRACE_DAYS} more days meanwhile.`,
  },
  {
    question: 'Does each workspace have a plan of its own?',
    answer: 'Yes. A plan is for one workspace with all its members; there is no price for each of them.',
  },
  {
    question: 'Can I run it on my own machines?',
    answer:
      'Yes, with everything that the plans have and none of their limits: what you run it on is the limit.',
  },
];

export function PricingFaq({ askUs }: { askUs: string | null }) {
  return (
    <section aria-labelledby="questions" className="mx-auto w-full max-w-6xl px-4 py-16 sm:px-8">
      <h2 id="questions" className="text-center font-semibold text-2xl tracking-tight">
        Questions
      </h2>
      <dl className="mt-8 grid gap-x-10 gap-y-8 md:grid-cols-2">
        {QUESTIONS.map(({ question, answer }) => (
          <Entry key={question} question={question}>
            {answer}
          </Entry>
        ))}
      </dl>
      {askUs ? (
        <p className="mt-10 text-center text-foreground-muted text-ui">
          Something else?{' '}
          <a href={askUs} className="rounded text-accent-text underline-offset-4 hover:underline">
            Ask us
          </a>
          .
        </p>
      ) : null}
    </section>
  );
}

const Entry = ({ question, children }: { question: string; children: ReactNode }) => (
  <div>
    <dt className="font-semibold text-sm">{question}</dt>
    <dd className="mt-1 text-foreground-muted text-ui">{children}</dd>
  </div>
);
