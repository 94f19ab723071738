// React in development makes a task and a track for a debugger of everything it renders: a quarter of the work of a test
// of components, and nobody is there to look. Taken away before React is loaded.
for (const name of ['createTask', 'timeStamp']) Reflect.deleteProperty(console, name);
