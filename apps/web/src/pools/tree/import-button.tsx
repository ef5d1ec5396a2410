import { useHotkeys } from '@mantine/hooks';
import { IconTableImport } from '@tabler/icons-react';
import { useNavigate } from 'react-router';
import { ReasonedButton } from '../../actions/reasoned-button';
import { useRefusal } from '../../session/use-me';

/** Goes to where files are imported; so does the key `i`. */
export function ImportButton() {
  const refusal = useRefusal('import:write');
  const navigate = useNavigate();
  const go = (): void => void navigate('/import');
  useHotkeys([['i', () => refusal === undefined && go()]]);
  return (
    <ReasonedButton
      reason={refusal}
      variant="default"
      leftSection={<IconTableImport size={14} />}
      onClick={go}
      visibleFrom="xs"
    >
      Import
    </ReasonedButton>
  );
}
