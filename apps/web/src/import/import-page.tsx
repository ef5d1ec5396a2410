import type { Schemas } from '@cloudpam/api-client';
import { Text, Title } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { ConfirmDialog } from '../actions/confirm-dialog';
import { EmptyState } from '../feedback/empty-state';
import { useLeaveGuard } from '../frame/leave-guard';
import { Page } from '../frame/page';
import { useMe, useRefusal } from '../session/use-me';
import { useUrlParams } from '../url/use-url-params';
import { ApplyStep } from './apply-step';
import { ColumnsStep } from './columns-step';
import { FilesStep } from './files-step';
import { partsOf } from './given-files';
import { PlanStep } from './plan-step';
import { StepList } from './step-list';
import { STEPS, stepOf } from './steps';
import type { Step } from './steps';
import { useApply } from './use-apply';
import { usePlan } from './use-plan';
import { NO_PLAN_FILTERS } from './use-plan-filters';
import type { ImportSetup } from './use-plan';

const NOTHING: ImportSetup = { files: [], format: 'auto', map: {}, fix: false };

/** Brings in what others wrote down: files, what their columns mean, what would happen, and then it. */
export function ImportPage() {
  const refusal = useRefusal('import:write');
  const me = useMe();
  return (
    <Page title="Import" about="Bring in pools, VRFs, accounts, VLANs and their groups from files.">
      {me && refusal !== undefined ? (
        <EmptyState icon={<IconLock size={40} />} title="You may not import">
          <Text size="sm">{refusal}</Text>
        </EmptyState>
      ) : (
        <Wizard />
      )}
    </Page>
  );
}

function Wizard() {
  const params = useUrlParams();
  const [setup, setSetup] = useState(NOTHING);
  const [mode, setMode] = useState<Schemas['ImportMode']>('all');
  const plan = usePlan(setup);
  const apply = useApply();
  const heading = useRef<HTMLHeadingElement>(null);
  // What the server refuses may be for the columns to mend.
  const isPlanned = partsOf(setup.files).length > 0 && Boolean(plan.answer ?? plan.error);
  const step = stepOf(params.text('step'), isPlanned, apply.state !== 'none');
  const guard = useLeaveGuard(setup.files.length > 0 && apply.state !== 'done');
  const shown = useRef(step);
  useEffect(() => {
    if (shown.current === step) return;
    shown.current = step;
    heading.current?.focus();
  }, [step]);
  const goTo = (next: Step): void =>
    params.set({ step: next === 'files' ? null : next, ...NO_PLAN_FILTERS }, { push: true });
  const startAgain = (): void => {
    apply.forget();
    setSetup(NOTHING);
    goTo('files');
  };
  const planAgain = (): void => {
    apply.forget();
    plan.again();
    goTo('plan');
  };
  return (
    <>
      <StepList step={step} canGoOn={isPlanned} applying={apply.state} />
      <Title order={2} ref={heading} tabIndex={-1} mb="sm" style={{ outlineOffset: 4 }}>
        {apply.state === 'done' ? 'What came of it' : STEPS[step].title}
      </Title>
      {step === 'files' && (
        <FilesStep setup={setup} onChange={setSetup} plan={plan} onNext={() => goTo('columns')} />
      )}
      {step === 'columns' && (
        <ColumnsStep
          setup={setup}
          onChange={setSetup}
          plan={plan}
          onBack={() => goTo('files')}
          onNext={() => goTo('plan')}
        />
      )}
      {step === 'plan' && (
        <PlanStep
          setup={setup}
          plan={plan}
          mode={mode}
          onMode={setMode}
          onBack={() => goTo('columns')}
          onApply={(hash) => {
            apply.start(setup, hash, mode);
            goTo('apply');
          }}
        />
      )}
      {step === 'apply' && (
        <ApplyStep apply={apply} plan={plan} onPlanAgain={planAgain} onStartAgain={startAgain} />
      )}
      {guard.leave && (
        <ConfirmDialog
          title="Leave this import?"
          action="Leave"
          onConfirm={guard.leave}
          onClose={guard.stay}
          busy={false}
          error={null}
        >
          <Text size="sm">
            {apply.state === 'running'
              ? 'It is being written. When you leave it is cancelled, and nothing is written.'
              : 'The files and how they are read are kept on this page only.'}
          </Text>
        </ConfirmDialog>
      )}
    </>
  );
}
