import { IconCheck } from '@tabler/icons-react';
import { Link } from 'react-router';
import classes from './import.module.css';
import { STEP_NAMES, STEPS } from './steps';
import type { Step } from './steps';
import type { Apply } from './use-apply';

interface StepListProps {
  readonly step: Step;
  /** There is a plan: the steps after the files can be shown. */
  readonly canGoOn: boolean;
  readonly applying: Apply['state'];
}

/** The steps, which of them is shown, and links to those that can be. */
export function StepList({ step, canGoOn, applying }: StepListProps) {
  const at = STEP_NAMES.indexOf(step);
  const canBeShown = (name: Step): boolean =>
    applying === 'none' && name !== 'apply' && (name === 'files' || canGoOn);
  return (
    <ol className={classes.steps} aria-label="Steps of the import">
      {STEP_NAMES.map((name, index) => {
        const isPast = index < at || applying === 'done';
        const content = (
          <>
            <span className={classes.stepNumber} aria-hidden>
              {isPast ? <IconCheck size={12} /> : index + 1}
            </span>
            {STEPS[name].label}
            {isPast && <span className="hidden">, done</span>}
          </>
        );
        return (
          <li key={name} aria-current={name === step ? 'step' : undefined}>
            {name !== step && canBeShown(name) ? (
              <Link to={name === 'files' ? '?' : `?step=${name}`}>{content}</Link>
            ) : (
              <span>{content}</span>
            )}
          </li>
        );
      })}
    </ol>
  );
}
