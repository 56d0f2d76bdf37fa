"""Files that other systems leave on SFTP servers become imports (sftp.md)."""
