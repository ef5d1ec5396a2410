/** Has the browser keep something as a file. */
export function download(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** The day that names of files end in: `2026-01-31`, in UTC. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
