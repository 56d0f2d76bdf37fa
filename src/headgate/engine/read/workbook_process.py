"""The start of the process that reads a workbook: every import of one waits for it."""

from headgate.loading import loading

if __name__ == "__main__":
    with loading():
        from headgate.engine.read.workbook_child import main
    main()
