import { Button, FileButton, Text } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { DragEvent } from 'react';
import classes from './import.module.css';

/** Takes files: dropped on it, or chosen with its button. */
export function DropZone({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const [isOver, setOver] = useState(false);
  const reset = useRef<() => void>(null);
  const take = (files: readonly File[]): void => {
    if (files.length > 0) onFiles(files);
    reset.current?.(); // The same file can be chosen again.
  };
  const over = (event: DragEvent): void => {
    event.preventDefault();
    setOver(true);
  };
  return (
    <div
      className={classes.dropZone}
      data-over={isOver || undefined}
      onDragEnter={over}
      onDragOver={over}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take([...event.dataTransfer.files]);
      }}
    >
      <FileButton
        multiple
        accept=".csv,.txt,.tsv,.json,.zip,.xls,.xlsx,.xlsm,.xlsb"
        resetRef={reset}
        onChange={take}
      >
        {(props) => (
          <Button {...props} leftSection={<IconFileImport size={14} />}>
            Choose files
          </Button>
        )}
      </FileButton>
      <Text size="sm" ta="center">
        or drop them here: CSV, ZIP, JSON, .xls and .xlsx, 32 MB together.
      </Text>
      <Text size="xs" c="dimmed" ta="center">
        Exports of CloudPAM, NetBox, phpIPAM and Infoblox, what the AWS CLI says of AWS IPAM, and
        spreadsheets of your own. Nothing is written before you have seen what would happen.
      </Text>
    </div>
  );
}
