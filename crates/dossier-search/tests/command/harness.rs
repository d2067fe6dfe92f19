//! A dossier in a temporary folder, and the command run in it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A folder to be searched, with a home of its own, so that nothing of the machine shows through.
pub struct Dossier {
    temp: TempDir,
}

/// What a run of the command gave.
#[derive(Debug)]
pub struct Output {
    pub stdout: String,
    pub stderr: String,
    pub code: i32,
}

impl Dossier {
    pub fn empty() -> Dossier {
        let temp = tempfile::tempdir().unwrap();
        fs::create_dir(temp.path().join("dossier")).unwrap();
        fs::create_dir(temp.path().join("home")).unwrap();
        Dossier { temp }
    }

    /// With the five sample articles in `seeds`, and a `dossier.toml` that names them.
    pub fn with_seeds() -> Dossier {
        let dossier = Dossier::empty();
        let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds");
        for file in fs::read_dir(seeds).unwrap() {
            let file = file.unwrap();
            let to = dossier.path("seeds").join(file.file_name());
            fs::create_dir_all(dossier.path("seeds")).unwrap();
            fs::copy(file.path(), to).unwrap();
        }
        dossier.write("dossier.toml", "sources = [\"seeds\"]\n");
        dossier
    }

    /// With these files.
    pub fn with(files: &[(&str, &str)]) -> Dossier {
        let dossier = Dossier::empty();
        for (name, text) in files {
            dossier.write(name, text);
        }
        dossier
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.temp.path().join("dossier").join(name)
    }

    pub fn home(&self) -> PathBuf {
        self.temp.path().join("home")
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dossier-search"));
        command
            .args(args)
            .current_dir(self.path(""))
            .env("LANG", "C")
            .env("HOME", self.home())
            .env_remove("LC_ALL")
            .env_remove("LC_MESSAGES")
            .env_remove("XDG_CACHE_HOME")
            .env_remove("DOSSIER_INDEX")
            .env_remove("NO_COLOR")
            .stdin(Stdio::null());
        command
    }

    #[track_caller]
    pub fn run(&self, args: &[&str]) -> Output {
        finish(&mut self.command(args))
    }

    #[track_caller]
    pub fn run_in(&self, folder: &str, args: &[&str]) -> Output {
        finish(self.command(args).current_dir(self.path(folder)))
    }

    #[track_caller]
    pub fn run_with_input(&self, args: &[&str], input: &[u8]) -> Output {
        let mut child = self
            .command(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_vec();
        let writer = std::thread::spawn(move || stdin.write_all(&input));
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap().unwrap();
        Output::of(output)
    }

    /// The ids found for a query, sorted.
    #[track_caller]
    pub fn found(&self, args: &[&str]) -> Vec<String> {
        let output = self.run(&[&["--json"], args].concat());
        assert!(output.code <= 1, "{output:?}");
        let mut ids: Vec<String> = output
            .json()
            .iter()
            .filter(|line| line["type"] == "hit")
            .map(|hit| hit["id"].as_str().unwrap().to_owned())
            .collect();
        ids.sort();
        ids
    }

    /// Name, size and time of every file below a folder.
    pub fn snapshot(&self, folder: &str) -> Vec<(PathBuf, u64, std::time::SystemTime)> {
        let mut files = Vec::new();
        let mut folders = vec![self.path(folder)];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let entry = entry.unwrap();
                let metadata = entry.metadata().unwrap();
                if metadata.is_dir() {
                    folders.push(entry.path());
                } else {
                    files.push((entry.path(), metadata.len(), metadata.modified().unwrap()));
                }
            }
        }
        files.sort();
        files
    }
}

impl Output {
    pub fn of(output: std::process::Output) -> Output {
        let text = |bytes| String::from_utf8(bytes).expect("the command writes UTF-8");
        let output = Output {
            stdout: text(output.stdout),
            stderr: text(output.stderr),
            code: output.status.code().expect("the command was not killed"),
        };
        for sign in ["panicked", "RUST_BACKTRACE", "internal error"] {
            assert!(!output.stderr.contains(sign), "{output:?}");
        }
        output
    }

    /// The lines of standard output as JSON.
    #[track_caller]
    pub fn json(&self) -> Vec<Value> {
        let line = |line| serde_json::from_str(line).expect("each line is JSON");
        self.stdout.lines().map(line).collect()
    }

    /// Asserts the exit code and parts of standard error.
    #[track_caller]
    pub fn expect(self, code: i32, on_stderr: &[&str]) -> Output {
        assert_eq!(self.code, code, "{self:?}");
        for part in on_stderr {
            assert!(self.stderr.contains(part), "no '{part}' in {self:?}");
        }
        self
    }

    /// Asserts the exit code, and that nothing was said beside the results.
    #[track_caller]
    pub fn expect_silence(self, code: i32) -> Output {
        assert_eq!((self.code, self.stderr.as_str()), (code, ""), "{self:?}");
        self
    }
}

#[track_caller]
fn finish(command: &mut Command) -> Output {
    Output::of(command.output().unwrap())
}

/// Whether files that may not be read or written are nevertheless.
pub fn may_do_everything(folder: &Path) -> bool {
    let probe = folder.join("probe");
    fs::write(&probe, "").unwrap();
    let mut permissions = fs::metadata(&probe).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&probe, permissions).unwrap();
    let may = fs::OpenOptions::new().write(true).open(&probe).is_ok();
    fs::remove_file(&probe).unwrap();
    may
}
