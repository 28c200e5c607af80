// Headers are compiled alone by including them before this file, which is empty.
