// The name of a file to be written, whose ending says its format.
#pragma once

#include <QString>
#include <QStringList>
#include <QWidget>

class QLineEdit;

namespace latent::ui {

class FileField : public QWidget {
  Q_OBJECT
 public:
  /// "Export view" and "Figures" are words of its file dialog; `formats` are endings without the dot. Its
  /// parts are the objects `name`File and `name`Browse.
  FileField(const QString& name, const QString& title, const QString& kind, const QStringList& formats,
            QWidget* parent);

  QLineEdit* line() const { return m_line; }
  QString path() const;   ///< absolute; "" while nothing is typed
  QString format() const; ///< of the name's ending; "" = none of the formats
  void setPath(const QString& path);
  void setFormat(const QString& format); ///< the ending of a name that ends in one
  /// What is wrong with the name or its folder, as one sentence; "" = nothing.
  QString problem() const;

 signals:
  void changed();

 protected:
  void showEvent(QShowEvent*) override;

 private:
  void browse();

  QString m_title, m_kind;
  QStringList m_formats;
  QString m_format; ///< the last one that was chosen or typed
  QLineEdit* m_line;
};

} // namespace latent::ui
